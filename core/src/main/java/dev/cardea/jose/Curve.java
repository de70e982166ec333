package dev.cardea.jose;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.EllipticCurve;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import org.jose4j.keys.EllipticCurves;
import org.jspecify.annotations.Nullable;

/** The curves of RFC 7518 6.2.1.1, by their names there. */
public enum Curve {
    P256("P-256", EllipticCurves.P256, "3059301306072a8648ce3d020106082a8648ce3d03010703420004"),
    P384("P-384", EllipticCurves.P384, "3076301006072a8648ce3d020106052b8104002203620004"),
    P521("P-521", EllipticCurves.P521, "30819b301006072a8648ce3d020106052b810400230381860004");

    private final String word;
    private final ECParameterSpec parameters;
    private final byte[] encodedPrefix;

    /** @param encodedPrefix SubjectPublicKeyInfo of a key up to its two coordinates (RFC 5480 2), in hexadecimal digits */
    Curve(String word, ECParameterSpec parameters, String encodedPrefix) {
        this.word = word;
        this.parameters = parameters;
        this.encodedPrefix = HexFormat.of().parseHex(encodedPrefix);
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
                KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(encoded(new ECPoint(x, y))));
    }

    /**
     * The SubjectPublicKeyInfo of the key at that point, with the curve by its name. Told the numbers of a curve, as a
     * specification or in another encoding, Bouncy Castle does not notice which it is, and takes twenty times as long.
     */
    byte[] encoded(ECPoint point) {
        int size = size();
        byte[] encoded = Arrays.copyOf(encodedPrefix, encodedPrefix.length + 2 * size);
        put(point.getAffineX(), encoded, encodedPrefix.length);
        put(point.getAffineY(), encoded, encodedPrefix.length + size);
        return encoded;
    }

    private void put(BigInteger coordinate, byte[] target, int start) {
        byte[] bytes = coordinate.toByteArray();
        int digits = Math.min(bytes.length, size());
        System.arraycopy(bytes, bytes.length - digits, target, start + size() - digits, digits);
    }

    private BigInteger prime() {
        return ((ECFieldFp) parameters.getCurve().getField()).getP();
    }
}
