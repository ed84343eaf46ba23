package com.abrohr.attendance.query.api;

import com.abrohr.attendance.query.projection.ReadYourWrites;

import org.axonframework.queryhandling.QueryGateway;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;

/** The REST reads. */
@Configuration(proxyBeanMethods = false)
@Import({ReadController.class, FeedController.class})
public class ReadApiConfiguration {

    private static final Duration QUERY_TIMEOUT = Duration.ofSeconds(10);

    @Bean
    ReadGate readGate(QueryGateway queries, ReadYourWrites readYourWrites, JsonMapper json) {
        return new ReadGate(queries, readYourWrites::await, new EntityTags(json), QUERY_TIMEOUT);
    }
}
