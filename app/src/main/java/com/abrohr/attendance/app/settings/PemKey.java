package com.abrohr.attendance.app.settings;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** Reads {@code -----BEGIN PUBLIC KEY-----} (SubjectPublicKeyInfo) of the two key types in use. */
final class PemKey {
    private static final String SETTING = "attendance.security.jwt.public-key";
    private static final int MIN_RSA_BITS = 2048;
    private static final int P256_BITS = 256;

    private PemKey() {}

    static PublicKey parse(String pem) {
        byte[] encoded = decode(pem);
        for (String algorithm : new String[] {"RSA", "EC"}) {
            try {
                PublicKey key =
                        KeyFactory.getInstance(algorithm)
                                .generatePublic(new X509EncodedKeySpec(encoded));
                if (key instanceof RSAPublicKey rsa
                        && rsa.getModulus().bitLength() < MIN_RSA_BITS) {
                    throw StartRefused.setting(SETTING, "an RSA key must have 2048 bits or more");
                }
                if (key instanceof ECPublicKey ec
                        && ec.getParams().getCurve().getField().getFieldSize() != P256_BITS) {
                    throw StartRefused.setting(SETTING, "an EC key must be on the curve P-256");
                }
                return key;
            } catch (GeneralSecurityException notThisAlgorithm) {
                // It may be of the next one.
            }
        }
        throw StartRefused.setting(SETTING, "is neither an RSA nor an EC public key in PEM");
    }

    private static byte[] decode(String pem) {
        try {
            return Base64.getDecoder()
                    .decode(
                            pem.replace("-----BEGIN PUBLIC KEY-----", "")
                                    .replace("-----END PUBLIC KEY-----", "")
                                    .replaceAll("\\s", ""));
        } catch (IllegalArgumentException e) {
            throw StartRefused.setting(SETTING, "is no PEM: it must begin with BEGIN PUBLIC KEY");
        }
    }
}
