package com.abrohr.attendance.query.board;

import com.abrohr.attendance.query.leave.LeaveQueries;
import com.abrohr.attendance.query.read.CompanyReads;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who is asked about the people of a company. */
@Configuration(proxyBeanMethods = false)
public class BoardConfiguration {

    @Bean
    PresenceQueries presenceQueries(CompanyReads reads, PresenceRows rows) {
        return new PresenceQueries(reads, rows);
    }

    @Bean
    EmployeeQueries employeeQueries(CompanyReads reads, PresenceRows rows) {
        return new EmployeeQueries(reads, rows);
    }

    @Bean
    StoredBoards storedBoards(CompanyReads reads, PresenceRows rows, LeaveQueries leave) {
        return new StoredBoards(reads, rows, leave);
    }
}
