package com.abrohr.attendance.query.board;

import com.abrohr.attendance.query.leave.LeaveQueries;
import com.abrohr.attendance.query.read.CompanyReads;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who is asked about the people of a company. */
@Configuration(proxyBeanMethods = false)
public class BoardConfiguration {

    @Bean
    PresenceQueries presenceQueries(CompanyReads reads) {
        return new PresenceQueries(reads);
    }

    @Bean
    EmployeeQueries employeeQueries(CompanyReads reads) {
        return new EmployeeQueries(reads);
    }

    @Bean
    StoredBoards storedBoards(CompanyReads reads, LeaveQueries leave) {
        return new StoredBoards(reads, leave);
    }
}
