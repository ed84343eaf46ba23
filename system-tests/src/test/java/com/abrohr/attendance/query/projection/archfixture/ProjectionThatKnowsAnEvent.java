package com.abrohr.attendance.query.projection.archfixture;

import com.abrohr.attendance.messages.attendance.archfixture.EventOfAFeature;

/** Illegal: an engine that changes with the events of a feature. */
public final class ProjectionThatKnowsAnEvent {
    public boolean isOfTheFeature(Object event) {
        return event instanceof EventOfAFeature;
    }
}
