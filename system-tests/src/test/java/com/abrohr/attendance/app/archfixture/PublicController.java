package com.abrohr.attendance.app.archfixture;

import org.springframework.web.bind.annotation.RestController;

/** Illegal: a controller that other code can call. */
@RestController
public final class PublicController {}
