package com.abrohr.attendance.app;

import com.abrohr.attendance.command.eventstore.AppendListener;
import com.abrohr.attendance.command.eventstore.EventLogListener;
import com.abrohr.attendance.command.eventstore.GroupCommitWriter;
import com.abrohr.attendance.query.livefeed.LogNotifications;
import com.abrohr.attendance.query.projection.DeadLetters;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Connects the live feed with the writer of this node; neither room knows the other. */
@Configuration(proxyBeanMethods = false)
class LiveFeedWiring {
    @Bean
    LogNotifications logNotifications(EventLogListener listener, GroupCommitWriter writer) {
        return subscriber -> {
            listener.addListener(
                    new AppendListener() {
                        @Override
                        public void appended(int backendPid, long globalIndex) {
                            subscriber.appended(writer.isItsBackend(backendPid), globalIndex);
                        }

                        @Override
                        public void mayHaveMissed() {
                            subscriber.mayHaveMissed();
                        }
                    });
            listener.subscribe(DeadLetters.CHANNEL, subscriber::deadLettersChanged);
        };
    }
}
