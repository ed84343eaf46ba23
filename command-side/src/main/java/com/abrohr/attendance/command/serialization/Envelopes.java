package com.abrohr.attendance.command.serialization;

import com.abrohr.attendance.command.serialization.SubjectKeys.Subject;
import com.abrohr.attendance.messages.PersonalData.Category;

import org.axonframework.serialization.SerializationException;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.Supplier;

import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/** Enciphers personal data: AES-GCM under the subject's key of that category, base64. */
final class Envelopes {
    static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    /** Finding the provider of a cipher costs as much as using it. */
    private final Queue<Cipher> idleCiphers = new ArrayBlockingQueue<>(16);

    private final SubjectKeys keys;
    private final Supplier<byte[]> nonces;

    /**
     * @param nonces gives {@value #NONCE_BYTES} bytes that never come again under the same key
     */
    Envelopes(SubjectKeys keys, Supplier<byte[]> nonces) {
        this.keys = keys;
        this.nonces = nonces;
    }

    /** Null when this subject was erased. */
    @Nullable Envelope seal(Subject subject, String text) {
        SecretKey key = keys.forWriting(subject);
        if (key == null) {
            return null;
        }
        byte[] nonce = nonces.get();
        byte[] sealed =
                apply(
                        Cipher.ENCRYPT_MODE,
                        key,
                        nonce,
                        subject.category(),
                        text.getBytes(StandardCharsets.UTF_8));
        Base64.Encoder base64 = Base64.getEncoder();
        return new Envelope(
                base64.encodeToString(sealed),
                base64.encodeToString(nonce),
                subject.category().name(),
                Envelope.VERSION);
    }

    /**
     * Null when the key was destroyed.
     *
     * @throws SerializationException when this is no envelope of that subject
     */
    @Nullable String open(Subject subject, Envelope envelope) {
        if (!subject.category().name().equals(envelope.category())
                || envelope.version() != Envelope.VERSION
                || envelope.nonce() == null
                || envelope.ciphertext() == null) {
            throw new SerializationException("personal data stands outside its envelope");
        }
        SecretKey key = keys.forReading(subject);
        if (key == null) {
            return null;
        }
        try {
            Base64.Decoder base64 = Base64.getDecoder();
            return new String(
                    apply(
                            Cipher.DECRYPT_MODE,
                            key,
                            base64.decode(envelope.nonce()),
                            subject.category(),
                            base64.decode(envelope.ciphertext())),
                    StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new SerializationException("an envelope of personal data is damaged", e);
        }
    }

    private byte[] apply(int mode, SecretKey key, byte[] nonce, Category category, byte[] input) {
        try {
            Cipher idle = idleCiphers.poll();
            Cipher cipher = idle == null ? Cipher.getInstance("AES/GCM/NoPadding") : idle;
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(
                    (category.name() + ":" + Envelope.VERSION).getBytes(StandardCharsets.UTF_8));
            byte[] output = cipher.doFinal(input);
            // one that failed is not used again
            idleCiphers.offer(cipher);
            return output;
        } catch (GeneralSecurityException e) {
            throw new SerializationException("an envelope of personal data is damaged", e);
        }
    }
}
