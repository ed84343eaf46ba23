package com.abrohr.attendance.query.attendance;

import com.abrohr.attendance.query.read.CompanyReads;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
public class AttendanceReadsConfiguration {

    @Bean
    PunchQueries punchQueries(CompanyReads reads) {
        return new PunchQueries(reads);
    }

    @Bean
    WorkSessionQueries workSessionQueries(CompanyReads reads) {
        return new WorkSessionQueries(reads);
    }
}
