package com.abrohr.attendance.app.settings;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;

/**
 * The settings of the process as a whole, all under {@code attendance.}; each room documents its
 * own.
 *
 * @param demo whether the demo company is loaded and people sign in without a password
 * @param demoScript whether people of the demo company punch and ask for leave by themselves;
 *     default: as demo
 * @param dataDir where the embedded database and generated secrets live; relative to the working
 *     directory
 * @param database an external PostgreSQL; without a url the embedded one is used
 * @param roles what this node listens to; default all
 */
@ConfigurationProperties("attendance")
public record AttendanceSettings(
        @DefaultValue("false") boolean demo,
        @Nullable Boolean demoScript,
        @DefaultValue("./data") Path dataDir,
        @DefaultValue DatabaseSettings database,
        @DefaultValue SecuritySettings security,
        @DefaultValue({"command", "query", "edge"}) Set<NodeRole> roles) {

    public AttendanceSettings {
        if (roles.isEmpty()) {
            throw StartRefused.setting(
                    "attendance.roles", "must name at least one of command, query, edge");
        }
        roles = EnumSet.copyOf(roles);
        dataDir = dataDir.toAbsolutePath().normalize();
        boolean keyed = security.jwt().publicKey() != null || security.jwt().jwkSetUri() != null;
        if (demo && keyed) {
            throw StartRefused.setting(
                    "attendance.demo",
                    "signs its own tokens, so it cannot be combined with"
                            + " attendance.security.jwt.public-key or jwk-set-uri");
        }
        if (!demo && !keyed && security.jwt().secret() == null) {
            throw StartRefused.setting(
                    "attendance.security.jwt.secret",
                    "must be set, "
                            + JwtSettings.MIN_SECRET_BYTES
                            + " bytes or more; or run with --attendance.demo=true");
        }
    }
}
