package com.abrohr.attendance.query.leave;

import com.abrohr.attendance.query.read.CompanyReads;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
public class LeaveReadsConfiguration {

    @Bean
    LeaveQueries leaveQueries(CompanyReads reads) {
        return new LeaveQueries(reads);
    }
}
