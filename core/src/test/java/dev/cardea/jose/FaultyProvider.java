package dev.cardea.jose;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.SignatureSpi;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Verifies as the JDK does, with one fault. */
final class FaultyProvider extends Provider {
    private static final long serialVersionUID = 1L;

    enum Fault {
        NONE,
        REFUSES_GOOD,
        ACCEPTS_ALL,
        ACCEPTS_LAST_BIT,
        ACCEPTS_ANOTHER_TEXT,
        ACCEPTS_ANOTHER_KEY,
        ACCEPTS_ZEROS,
        REFUSES_HIGH_S,
        KEEPS_ITS_ANSWER,
        THROWS_AT_BAD,
        THROWS_AT_ALL,
        TAKES_NO_KEY,
        THROWS_AT_KEYS,
        LACKS_NATIVE_CODE
    }

    private final transient Fault fault;
    private transient @Nullable PublicKey firstKey;
    private transient byte[] firstText = {};

    FaultyProvider(String name, Fault fault) {
        super(name, "1.0", "for tests");
        this.fault = fault;
        putService(new Service(this, "Signature", "SHA256withECDSA", FaultySpi.class.getName(), null, null) {
            @Override
            public Object newInstance(Object parameter) {
                return new FaultySpi();
            }
        });
    }

    private final class FaultySpi extends SignatureSpi {
        private final Signature sound;
        private byte[] text = {};
        private @Nullable PublicKey key;
        private boolean answered;

        FaultySpi() {
            try {
                this.sound = Signature.getInstance("SHA256withECDSA", "SunEC");
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        protected void engineInitVerify(PublicKey publicKey) throws InvalidKeyException {
            switch (fault) {
                case TAKES_NO_KEY -> throw new InvalidKeyException("for no reason");
                case THROWS_AT_KEYS -> throw new UnsupportedOperationException("for no reason");
                case LACKS_NATIVE_CODE -> throw new UnsatisfiedLinkError("no native code");
                case ACCEPTS_ANOTHER_KEY -> {
                    firstKey = firstKey == null ? publicKey : firstKey;
                    sound.initVerify(firstKey);
                }
                default -> sound.initVerify(publicKey);
            }
            key = publicKey;
        }

        @Override
        protected void engineUpdate(byte[] bytes, int offset, int length) throws SignatureException {
            text = Arrays.copyOfRange(bytes, offset, offset + length);
            if (fault == Fault.ACCEPTS_ANOTHER_TEXT) {
                firstText = firstText.length == 0 ? text : firstText;
                text = firstText;
            }
        }

        @Override
        protected boolean engineVerify(byte[] signature) throws SignatureException {
            byte[] seen = signature;
            switch (fault) {
                case REFUSES_GOOD -> {
                    return false;
                }
                case ACCEPTS_ALL -> {
                    return true;
                }
                case ACCEPTS_ZEROS -> {
                    if (signature.length == 8) {
                        return true;
                    }
                }
                case REFUSES_HIGH_S -> {
                    if (isHigh(signature)) {
                        return false;
                    }
                }
                case KEEPS_ITS_ANSWER -> {
                    if (answered) {
                        return true;
                    }
                }
                case THROWS_AT_ALL -> throw new IllegalStateException("for no reason");
                default -> {}
            }
            sound.update(text);
            boolean verified = sound.verify(seen);
            if (!verified && fault == Fault.ACCEPTS_LAST_BIT) {
                seen = signature.clone();
                seen[seen.length - 1] ^= 1;
                sound.update(text);
                verified = sound.verify(seen);
            }
            if (!verified && fault == Fault.THROWS_AT_BAD) {
                throw new IllegalStateException("for no reason");
            }
            answered |= verified;
            return verified;
        }

        /** Whether the second number is above half of the order. */
        private boolean isHigh(byte[] der) {
            int length = 2 + der[3];
            byte[] second = Arrays.copyOfRange(der, 2 + length + 2, der.length);
            return new BigInteger(1, second)
                            .compareTo(
                                    ((ECPublicKey) key).getParams().getOrder().shiftRight(1))
                    > 0;
        }

        @Override
        protected void engineInitSign(PrivateKey privateKey) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected void engineUpdate(byte b) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected byte[] engineSign() {
            throw new UnsupportedOperationException();
        }

        @Override
        @Deprecated
        protected void engineSetParameter(String param, Object value) {
            throw new UnsupportedOperationException();
        }

        @Override
        @Deprecated
        protected Object engineGetParameter(String param) {
            throw new UnsupportedOperationException();
        }
    }
}
