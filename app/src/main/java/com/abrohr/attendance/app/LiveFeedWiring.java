package com.abrohr.attendance.app;

import com.abrohr.attendance.command.eventlog.AppendHearer;
import com.abrohr.attendance.command.eventlog.EventLogListener;
import com.abrohr.attendance.command.eventlog.GroupCommitWriter;
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
            listener.tell(
                    new AppendHearer() {
                        @Override
                        public void appended(int backendPid, long globalIndex) {
                            subscriber.appended(writer.isItsBackend(backendPid), globalIndex);
                        }

                        @Override
                        public void mayHaveMissed() {
                            subscriber.mayHaveMissed();
                        }
                    });
            listener.listenTo(DeadLetters.CHANNEL, subscriber::deadLettersChanged);
        };
    }
}
