package com.abrohr.attendance.query.board;

import org.springframework.data.jpa.repository.JpaSpecificationExecutor;
import org.springframework.data.repository.Repository;

import java.util.List;

interface PresenceRows
        extends Repository<PresenceRow, PresenceRow.Key>, JpaSpecificationExecutor<PresenceRow> {

    List<PresenceRow> findByCompanyIdOrderByEmployeeId(String companyId);
}
