// Package task is what runs beside a program's main line: tasks, the channels and locks between them, numbers that they
// change together, and the blocks that are tried again (services.md sections 1, 3 and 4). Tasks share nothing but these handles;
// everything else is copied. Every task belongs to the Group of the run or server that it was started in, which ends after all of
// its tasks.
package task
