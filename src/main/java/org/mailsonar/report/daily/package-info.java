/**
 * The report of a day: what became of the probes, how long mail took, when it did not flow and why, beside the week before.
 *
 * <p>{@link org.mailsonar.report.daily.ReportMaker} reads each book once, as a stream, and makes a {@link
 * org.mailsonar.report.daily.DailyReport}, which is records and nothing else; {@link org.mailsonar.report.daily.ReportTemplates} turns it into
 * text, HTML or CSV. The records are what a site's own template is given: names in them stay as they are. A time-out is
 * counted and never enters an average or a percentile; the one time that is reported is that of the whole round trip. Percentiles are
 * exact for up to 64 round trips and at most 0.8 % off for more.
 */
@NullMarked
package org.mailsonar.report.daily;

import org.jspecify.annotations.NullMarked;
