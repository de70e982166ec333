package dev.cardea.jose;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EllipticCurve;
import org.jose4j.keys.EllipticCurves;
import org.jspecify.annotations.Nullable;

/** The curves of RFC 7518 6.2.1.1, by their names there. */
public enum Curve {
    P256("P-256", EllipticCurves.P256),
    P384("P-384", EllipticCurves.P384),
    P521("P-521", EllipticCurves.P521);

    private final String word;
    private final ECParameterSpec parameters;

    Curve(String word, ECParameterSpec parameters) {
        this.word = word;
        this.parameters = parameters;
    }

    /** The curve of exactly that {@code crv}, or null. */
    public static @Nullable Curve named(String crv) {
        for (Curve curve : values()) {
            if (curve.word.equals(crv)) {
                return curve;
            }
        }
        return null;
    }

    /** The curve with those parameters, or null. */
    static @Nullable Curve of(ECParameterSpec parameters) {
        for (Curve curve : values()) {
            boolean same = curve.parameters.getCurve().equals(parameters.getCurve())
                    && curve.parameters.getGenerator().equals(parameters.getGenerator());
            if (same) {
                return curve;
            }
        }
        return null;
    }

    /** {@code crv}. */
    public String word() {
        return word;
    }

    public ECParameterSpec parameters() {
        return parameters;
    }

    /** Bytes of a coordinate (RFC 7518 6.2.1.2). */
    public int size() {
        return (prime().bitLength() + 7) / 8;
    }

    /**
     * The public key at that point; null if it is not on the curve (RFC 8725 3.4, W07): not every provider looks.
     *
     * @throws GeneralSecurityException if the platform does not have the curve
     */
    public @Nullable ECPublicKey key(BigInteger x, BigInteger y) throws GeneralSecurityException {
        EllipticCurve curve = parameters.getCurve();
        BigInteger p = prime();
        BigInteger right =
                x.multiply(x).add(curve.getA()).multiply(x).add(curve.getB()).mod(p);
        if (x.compareTo(p) >= 0 || y.compareTo(p) >= 0 || !y.multiply(y).mod(p).equals(right)) {
            return null;
        }
        return (ECPublicKey)
                KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(new ECPoint(x, y), parameters));
    }

    private BigInteger prime() {
        return ((ECFieldFp) parameters.getCurve().getField()).getP();
    }
}
