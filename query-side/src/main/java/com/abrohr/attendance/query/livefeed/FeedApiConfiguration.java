package com.abrohr.attendance.query.livefeed;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The feed over REST. */
@Configuration(proxyBeanMethods = false)
@Import(FeedController.class)
public class FeedApiConfiguration {}
