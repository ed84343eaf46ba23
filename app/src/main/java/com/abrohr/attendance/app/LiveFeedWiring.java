package com.abrohr.attendance.app;

import com.abrohr.attendance.command.eventstore.AppendListener;
import com.abrohr.attendance.command.eventstore.EventLogListener;
import com.abrohr.attendance.command.eventstore.GroupCommitWriter;
import com.abrohr.attendance.query.board.LiveBoardChannel;
import com.abrohr.attendance.query.livefeed.DatabaseNotices;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Connects the live feed with the writer of this node; neither room knows the other. */
@Configuration(proxyBeanMethods = false)
class LiveFeedWiring {

    @Bean
    DatabaseNotices databaseNotices(EventLogListener listener, GroupCommitWriter writer) {
        return hearer -> {
            listener.addListener(
                    new AppendListener() {
                        @Override
                        public void appended(int backendPid, long globalIndex) {
                            hearer.appended(writer.isItsBackend(backendPid), globalIndex);
                        }

                        @Override
                        public void mayHaveMissed() {
                            hearer.mayHaveMissed();
                        }
                    });
            listener.subscribe(LiveBoardChannel.NAME, hearer::boardRepaired);
        };
    }
}
