package com.abrohr.attendance.query.attendance;

import org.springframework.data.jpa.repository.JpaSpecificationExecutor;
import org.springframework.data.repository.Repository;

interface WorkSessionRows
        extends Repository<WorkSessionRow, WorkSessionRow.Key>,
                JpaSpecificationExecutor<WorkSessionRow> {}
