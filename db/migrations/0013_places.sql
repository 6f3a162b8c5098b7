CREATE TABLE `scanned_pages` (
	`file_id` integer NOT NULL,
	`page` integer NOT NULL,
	`start` integer NOT NULL,
	`end` integer NOT NULL,
	`to_page` text NOT NULL,
	`words` text NOT NULL,
	PRIMARY KEY(`file_id`, `page`),
	FOREIGN KEY (`file_id`) REFERENCES `files`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `sheet_pages` (
	`file_id` integer NOT NULL,
	`sheet` integer NOT NULL,
	`page` integer NOT NULL,
	`start` integer NOT NULL,
	`end` integer NOT NULL,
	`rows` text NOT NULL,
	PRIMARY KEY(`file_id`, `sheet`, `page`),
	FOREIGN KEY (`file_id`) REFERENCES `files`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `sheets` (
	`file_id` integer NOT NULL,
	`position` integer NOT NULL,
	`name` text NOT NULL,
	`columns` text NOT NULL,
	`rows` integer NOT NULL,
	`is_cut` integer NOT NULL,
	PRIMARY KEY(`file_id`, `position`),
	FOREIGN KEY (`file_id`) REFERENCES `files`(`id`) ON UPDATE no action ON DELETE no action
);
