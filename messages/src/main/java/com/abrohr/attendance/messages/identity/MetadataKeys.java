package com.abrohr.attendance.messages.identity;

/**
 * Keys of the metadata on every command and event; values are strings, instants in ISO-8601. Only
 * {@link #OFFLINE} and {@link #COMPANY_SEQ} may be absent.
 */
public final class MetadataKeys {
    public static final String COMPANY_ID = "companyId";
    public static final String ACTOR_ID = "actorId";
    public static final String ACTOR_ROLE = "actorRole";
    public static final String SOURCE = "source";
    public static final String COMMAND_ID = "commandId";
    public static final String OCCURRED_AT = "occurredAt";
    public static final String RECEIVED_AT = "receivedAt";
    public static final String ZONE_ID = "zoneId";
    public static final String CORRELATION_ID = "correlationId";
    public static final String CAUSATION_ID = "causationId";

    /** "true" on a punch that was sent as offline and counts when it happened; absent otherwise. */
    public static final String OFFLINE = "offline";

    /**
     * The company's number of the event, in decimal. The log gives it to whoever reads an event; it
     * is no part of the metadata that is stored.
     */
    public static final String COMPANY_SEQ = "companySeq";

    private MetadataKeys() {}
}
