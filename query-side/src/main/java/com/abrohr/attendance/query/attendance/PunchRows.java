package com.abrohr.attendance.query.attendance;

import org.springframework.data.jpa.repository.JpaSpecificationExecutor;
import org.springframework.data.repository.Repository;

interface PunchRows
        extends Repository<PunchRow, PunchRow.Key>, JpaSpecificationExecutor<PunchRow> {}
