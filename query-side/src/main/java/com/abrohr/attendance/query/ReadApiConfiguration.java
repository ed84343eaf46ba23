package com.abrohr.attendance.query;

import com.abrohr.attendance.query.livefeed.FeedApiConfiguration;
import com.abrohr.attendance.query.projection.ReadYourWrites;
import com.abrohr.attendance.query.read.ReadGate;

import org.axonframework.queryhandling.QueryGateway;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;

/** The REST reads. */
@Configuration(proxyBeanMethods = false)
@Import(FeedApiConfiguration.class)
public class ReadApiConfiguration {
    private static final Duration QUERY_TIMEOUT = Duration.ofSeconds(10);

    @Bean
    ReadGate readGate(QueryGateway queries, ReadYourWrites readYourWrites, JsonMapper json) {
        return new ReadGate(queries, readYourWrites::await, json, QUERY_TIMEOUT);
    }

    @Bean
    SmartInitializingSingleton listRoutes(
            @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mapping,
            ReadGate gate) {
        return () -> QuerySideConfiguration.LISTS.forEach(list -> list.register(mapping, gate));
    }
}
