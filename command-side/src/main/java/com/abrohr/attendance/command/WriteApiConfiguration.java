package com.abrohr.attendance.command;

import com.abrohr.attendance.command.api.WriteGate;
import com.abrohr.attendance.command.attendance.AttendanceRoutes;
import com.abrohr.attendance.command.leave.LeaveRoutes;
import com.abrohr.attendance.command.workforce.WorkforceRoutes;

import org.axonframework.commandhandling.gateway.CommandGateway;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import java.time.Clock;

/** The REST write API. */
@Configuration(proxyBeanMethods = false)
@Import({AttendanceRoutes.class, LeaveRoutes.class, WorkforceRoutes.class})
public class WriteApiConfiguration {
    @Bean
    WriteGate writeGate(CommandGateway commandGateway, Clock clock) {
        return new WriteGate(commandGateway, clock);
    }
}
