package com.abrohr.attendance.query.board;

import org.springframework.data.jpa.domain.Specification;
import org.springframework.data.jpa.repository.JpaSpecificationExecutor;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

import java.util.List;

interface PresenceRows
        extends Repository<PresenceRow, PresenceRow.Key>, JpaSpecificationExecutor<PresenceRow> {

    List<PresenceRow> findByCompanyIdOrderByEmployeeId(String companyId);

    /** Employees whose presence follows from these two alone. */
    interface Standing {
        boolean isParked();

        boolean isSessionOpen();

        int getEmployees();
    }

    /** All that {@link #dependingOnTheClock} leaves out, counted in the database. */
    @Query(
            """
            select r.parked as parked, r.sessionOpen as sessionOpen,
                cast(count(r) as integer) as employees
            from PresenceRow r
            where r.companyId = :companyId
                and (r.parked = true or r.sessionOpen = true or r.approvedLeave = '[]')
            group by r.parked, r.sessionOpen
            """)
    List<Standing> countOthers(String companyId);

    /** Employees who have approved leave, which is compared with today's date. */
    static Specification<PresenceRow> dependingOnTheClock(String companyId) {
        return (row, _, is) ->
                is.and(
                        is.equal(row.get("companyId"), companyId),
                        is.isFalse(row.get("parked")),
                        is.isFalse(row.get("sessionOpen")),
                        is.notEqual(row.get("approvedLeave"), "[]"));
    }
}
