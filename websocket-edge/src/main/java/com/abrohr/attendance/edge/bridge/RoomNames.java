package com.abrohr.attendance.edge.bridge;

/**
 * The guide's rooms. Employee ids are unique within a company only and both ids are free text, so
 * the length of the company id stands in every name: no two pairs can spell the same room.
 */
public final class RoomNames {
    private RoomNames() {}

    public static String user(String companyId, String employeeId) {
        return "user_" + companyId.length() + ":" + companyId + ":" + employeeId;
    }

    public static String company(String companyId) {
        return "company_" + companyId;
    }

    public static String managers(String companyId) {
        return "manager_company_" + companyId;
    }

    /** Sockets that asked for the live dashboard. */
    public static String dashboard(String companyId) {
        return "dashboard_company_" + companyId;
    }
}
