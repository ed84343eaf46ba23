package com.abrohr.attendance.query.api;

import org.axonframework.queryhandling.QueryGateway;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
public class ReadApiConfiguration {

    @Bean
    ReadController readController(QueryGateway queries) {
        return new ReadController(queries);
    }
}
