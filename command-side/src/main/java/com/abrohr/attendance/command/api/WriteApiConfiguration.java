package com.abrohr.attendance.command.api;

import org.axonframework.commandhandling.gateway.CommandGateway;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import java.time.Clock;

/** The REST write API. */
@Configuration(proxyBeanMethods = false)
@Import({
    PunchController.class,
    PunchBatchController.class,
    CorrectionController.class,
    LeaveRequestController.class,
    EmployeeController.class
})
public class WriteApiConfiguration {

    @Bean
    WriteGate writeGate(CommandGateway commandGateway, Clock clock) {
        return new WriteGate(commandGateway, clock);
    }
}
