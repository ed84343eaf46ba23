package com.abrohr.attendance.query.api;

import com.abrohr.attendance.query.board.SeenWrites;

import org.axonframework.queryhandling.QueryGateway;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import tools.jackson.databind.json.JsonMapper;

/** The REST reads. */
@Configuration(proxyBeanMethods = false)
@Import({ReadController.class, FeedController.class})
public class ReadApiConfiguration {

    @Bean
    ReadGate readGate(QueryGateway queries, SeenWrites seenWrites, JsonMapper json) {
        return new ReadGate(queries, seenWrites::await, new EntityTags(json));
    }
}
