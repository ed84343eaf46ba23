package com.abrohr.attendance.query.read;

import jakarta.persistence.EntityManagerFactory;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;
import org.springframework.transaction.PlatformTransactionManager;

import java.time.Clock;
import java.util.Map;

import javax.sql.DataSource;

/** JPA on the reader pool; Flyway owns the tables, Hibernate only checks that they fit. */
@Configuration(proxyBeanMethods = false)
@EnableJpaRepositories(
        basePackages = ReaderConfiguration.READ_MODELS,
        entityManagerFactoryRef = "entityManagerFactory",
        transactionManagerRef = "readerTransactionManager")
public class ReaderConfiguration {

    static final String READ_MODELS = "com.abrohr.attendance.query";

    @Bean
    LocalContainerEntityManagerFactoryBean entityManagerFactory(
            @Qualifier("readerDataSource") DataSource readers) {
        var factory = new LocalContainerEntityManagerFactoryBean();
        factory.setDataSource(readers);
        factory.setPackagesToScan(READ_MODELS);
        factory.setPersistenceUnitName("read-models");
        factory.setJpaVendorAdapter(new HibernateJpaVendorAdapter());
        factory.setJpaPropertyMap(
                Map.of(
                        "hibernate.hbm2ddl.auto", "validate",
                        "hibernate.physical_naming_strategy",
                                "org.hibernate.boot.model.naming"
                                        + ".PhysicalNamingStrategySnakeCaseImpl",
                        "hibernate.jdbc.time_zone", "UTC",
                        "hibernate.query.in_clause_parameter_padding", "true"));
        return factory;
    }

    @Bean
    PlatformTransactionManager readerTransactionManager(EntityManagerFactory entityManagerFactory) {
        return new JpaTransactionManager(entityManagerFactory);
    }

    @Bean
    CompanyReads companyReads(
            @Qualifier("readerTransactionManager") PlatformTransactionManager readers,
            @Qualifier("readerDataSource") DataSource readerDataSource,
            Clock clock) {
        return new CompanyReads(readers, new JdbcTemplate(readerDataSource), clock);
    }
}
