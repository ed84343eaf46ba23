package com.abrohr.attendance.query.read;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;

import java.time.Clock;

import javax.sql.DataSource;

/** Reads on the reader pool. */
@Configuration(proxyBeanMethods = false)
public class ReaderConfiguration {

    @Bean
    CompanyReads companyReads(@Qualifier("readerDataSource") DataSource readers, Clock clock) {
        return new CompanyReads(
                new JdbcTransactionManager(readers), new JdbcTemplate(readers), clock);
    }
}
