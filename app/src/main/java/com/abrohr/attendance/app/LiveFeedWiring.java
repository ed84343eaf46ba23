package com.abrohr.attendance.app;

import com.abrohr.attendance.command.eventlog.GroupCommitWriter;
import com.abrohr.attendance.query.livefeed.OwnWriter;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Connects the live feed with the writer of this node; neither room knows the other. */
@Configuration(proxyBeanMethods = false)
class LiveFeedWiring {

    @Bean
    OwnWriter ownWriter(GroupCommitWriter writer) {
        return writer::isItsBackend;
    }
}
