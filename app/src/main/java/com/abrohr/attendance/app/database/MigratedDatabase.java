package com.abrohr.attendance.app.database;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

import java.util.Optional;

/**
 * A database that is ready for use; beans that need tables depend on this one, and so on the
 * migration.
 *
 * @param streamRole the role of writer and projections, where the login may take it
 * @param readerRole the role of queries, bound by row-level security, where the login may take it
 */
public record MigratedDatabase(
        JdbcConnectionDetails details, Optional<String> streamRole, Optional<String> readerRole) {}
