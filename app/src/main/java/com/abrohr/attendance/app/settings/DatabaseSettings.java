package com.abrohr.attendance.app.settings;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The database and the size of its pools.
 *
 * @param url {@code jdbc:postgresql://…} of an external PostgreSQL, 15 or later; absent: embedded
 * @param username the login that owns the schema and runs the migrations; no superuser needed
 * @param writers connections of the pool of commands and projections, 2 to 100
 * @param readers connections of the pool of queries, 2 to 100
 */
public record DatabaseSettings(
        @Nullable String url,
        @Nullable String username,
        @Nullable String password,
        @DefaultValue("8") int writers,
        @DefaultValue("8") int readers) {

    public DatabaseSettings {
        url = url == null || url.isBlank() ? null : url;
        if (url != null && !url.startsWith("jdbc:postgresql:")) {
            throw StartRefused.setting(
                    "attendance.database.url", "must begin with jdbc:postgresql:");
        }
        if (url != null && (username == null || username.isBlank())) {
            throw StartRefused.setting(
                    "attendance.database.username",
                    "must be set when attendance.database.url is set");
        }
        if (writers < 2 || writers > 100) {
            throw StartRefused.setting(
                    "attendance.database.writers", "must be between 2 and 100, is " + writers);
        }
        if (readers < 2 || readers > 100) {
            throw StartRefused.setting(
                    "attendance.database.readers", "must be between 2 and 100, is " + readers);
        }
    }

    @Override
    public String toString() {
        return "DatabaseSettings[url=" + url + ", username=" + username + "]";
    }
}
