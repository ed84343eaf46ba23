package com.abrohr.attendance.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.convert.ApplicationConversionService;

import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

class AttendanceSettingsTest {

    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "attendance.security.jwt.secret | short | must be 32 bytes or more",
                "attendance.security.jwt.public-key | nonsense! | is no PEM",
                "attendance.security.jwt.public-key | AAAA | neither an RSA nor an EC",
                "attendance.security.jwt.clock-skew | 6s | between 0s and 5s",
                "attendance.security.allowed-origins | * | must list origins",
                "attendance.security.allowed-origins | https://a.example/x | must list origins",
                "attendance.database.url | jdbc:mysql://x/y | jdbc:postgresql:",
                "attendance.database.writers | 0 | between 2 and 100",
            })
    void aWrongSettingStopsTheStartWithAMessageThatNamesIt(
            String name, String value, String problem) {
        StartRefused refused = refusal(Map.of("attendance.demo", "true", name, value));

        assertThat(refused.message()).startsWith(name + ": ").contains(problem);
        assertThat(refused.action()).contains(name);
    }

    @Test
    void outsideDemoModeASecretMustBeSet() {
        assertThat(refusal(Map.of()).message())
                .isEqualTo(
                        "attendance.security.jwt.secret: must be set, 32 bytes or more;"
                                + " or run with --attendance.demo=true");
    }

    @Test
    void anExternalDatabaseNeedsALogin() {
        assertThat(
                        refusal(
                                        Map.of(
                                                "attendance.demo",
                                                "true",
                                                "attendance.database.url",
                                                "jdbc:postgresql://db/attendance"))
                                .message())
                .startsWith("attendance.database.username: ");
    }

    @Test
    void aWeakRsaKeyIsRefused() throws Exception {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1024);
        String pem =
                Base64.getEncoder()
                        .encodeToString(generator.generateKeyPair().getPublic().getEncoded());

        assertThat(refusal(Map.of("attendance.security.jwt.public-key", pem)).message())
                .contains("2048 bits");
    }

    @Test
    void twoKindsOfKeyAreRefused() {
        assertThat(
                        refusal(
                                        Map.of(
                                                "attendance.security.jwt.secret",
                                                SECRET,
                                                "attendance.security.jwt.jwk-set-uri",
                                                "https://id.example/keys"))
                                .message())
                .contains("only one of");
    }

    @Test
    void rolesDefaultToAllAndTheSecretIsNeverPrinted() {
        AttendanceSettings settings = bind(Map.of("attendance.security.jwt.secret", SECRET));

        assertThat(settings.roles()).containsExactlyInAnyOrder(NodeRole.values());
        assertThat(settings.toString()).doesNotContain(SECRET);
    }

    @Test
    void rolesCanBeChosen() {
        assertThat(
                        bind(Map.of("attendance.demo", "true", "attendance.roles", "query,edge"))
                                .roles())
                .containsExactlyInAnyOrder(NodeRole.QUERY, NodeRole.EDGE);
    }

    private static StartRefused refusal(Map<String, String> properties) {
        Throwable failure = catchThrowable(() -> bind(properties));
        while (failure != null && !(failure instanceof StartRefused)) {
            failure = failure.getCause();
        }
        assertThat(failure).as("a refused start").isNotNull();
        return (StartRefused) failure;
    }

    private static AttendanceSettings bind(Map<String, String> properties) {
        Binder binder =
                new Binder(
                        java.util.List.of(
                                new MapConfigurationPropertySource(new HashMap<>(properties))),
                        null,
                        ApplicationConversionService.getSharedInstance());
        return binder.bindOrCreate("attendance", Bindable.of(AttendanceSettings.class));
    }
}
