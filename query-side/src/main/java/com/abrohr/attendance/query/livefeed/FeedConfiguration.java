package com.abrohr.attendance.query.livefeed;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
public class FeedConfiguration {

    @Bean
    NodeId nodeId() {
        return NodeId.random();
    }

    @Bean
    Arrivals arrivals() {
        return new Arrivals();
    }
}
