package com.abrohr.attendance.query.attendance;

import com.abrohr.attendance.query.read.CompanyReads;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
public class AttendanceReadsConfiguration {

    @Bean
    PunchQueries punchQueries(CompanyReads reads, PunchRows rows) {
        return new PunchQueries(reads, rows);
    }

    @Bean
    WorkSessionQueries workSessionQueries(CompanyReads reads, WorkSessionRows rows) {
        return new WorkSessionQueries(reads, rows);
    }
}
