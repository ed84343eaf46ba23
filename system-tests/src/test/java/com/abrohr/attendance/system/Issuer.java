package com.abrohr.attendance.system;

import com.abrohr.attendance.system.harness.Tokens;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A login service that publishes the keys of its RS256 tokens. */
final class Issuer implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final KeyPair NEVER_PUBLISHED = pair();

    private final HttpServer http;
    private final Map<String, KeyPair> published = new LinkedHashMap<>();
    private final AtomicInteger asked = new AtomicInteger();
    private volatile CountDownLatch answers = new CountDownLatch(0);

    Issuer() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.createContext("/keys", this::answer);
        http.start();
    }

    URI publishedAt() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/keys");
    }

    synchronized void publish(String key) {
        published.put(key, pair());
    }

    int timesAsked() {
        return asked.get();
    }

    void hang() {
        answers = new CountDownLatch(1);
    }

    void goOn() {
        answers.countDown();
    }

    /** Signed with a key that is published. */
    synchronized String token(String key) {
        return signed(key, published.get(key).getPrivate());
    }

    /** Names a key, and is signed with one that was never published. */
    String forged(String key) {
        return signed(key, NEVER_PUBLISHED.getPrivate());
    }

    private static String signed(String key, PrivateKey with) {
        String content =
                encoded(Map.of("alg", "RS256", "typ", "JWT", "kid", key))
                        + "."
                        + encoded(Tokens.claims("issued", "e1", "employee", Duration.ofHours(1)));
        try {
            Signature rsa = Signature.getInstance("SHA256withRSA");
            rsa.initSign(with);
            rsa.update(content.getBytes(StandardCharsets.US_ASCII));
            return content + "." + base64(rsa.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.incrementAndGet();
        try (exchange) {
            answers.await();
            byte[] body = JSON.writeValueAsBytes(Map.of("keys", keys()));
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized List<Map<String, String>> keys() {
        List<Map<String, String>> keys = new ArrayList<>();
        published.forEach(
                (id, pair) -> {
                    RSAPublicKey key = (RSAPublicKey) pair.getPublic();
                    keys.add(
                            Map.of(
                                    "kty",
                                    "RSA",
                                    "use",
                                    "sig",
                                    "kid",
                                    id,
                                    "n",
                                    base64(unsigned(key.getModulus())),
                                    "e",
                                    base64(unsigned(key.getPublicExponent()))));
                });
        return keys;
    }

    private static byte[] unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return bytes[0] == 0 ? java.util.Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }

    private static KeyPair pair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(Map<String, Object> value) {
        return base64(JSON.writeValueAsBytes(value));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public void close() {
        goOn();
        http.stop(0);
    }
}
