CREATE TABLE `intake_rows` (
	`intake_id` integer NOT NULL,
	`position` integer NOT NULL,
	`verdict` text NOT NULL,
	`shown` text NOT NULL,
	PRIMARY KEY(`intake_id`, `position`),
	FOREIGN KEY (`intake_id`) REFERENCES `intakes`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `intake_rows_verdict` ON `intake_rows` (`intake_id`,`verdict`,`position`);
--> statement-breakpoint
-- The rows of lists that are still open move out of their previews.
INSERT INTO `intake_rows` (`intake_id`, `position`, `verdict`, `shown`)
SELECT i.`id`, r.`key`, r.`value` ->> '$.verdict', r.`value`
FROM `intakes` i, json_each(CASE WHEN json_valid(i.`preview`) THEN i.`preview` ELSE '{}' END, '$.rows') r
WHERE i.`status` = 'open';
--> statement-breakpoint
UPDATE `intakes` SET `preview` = json_remove(`preview`, '$.rows') WHERE json_valid(`preview`);
