#ifndef PERMQL_CSYSTEM_H
#define PERMQL_CSYSTEM_H

#include <getopt.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* System calls and constants that Swift's Glibc module does not import.
   Those that can fail return -1 and leave the reason in errno. */

/* memmem: the first place of one run of bytes in another, or a null pointer. */
const void *permql_find(
    const void *haystack, size_t haystack_length, const void *needle, size_t needle_length);

/* Where a literal stands in some bytes, from an offset on: as many places as there is room for, which
   must be at least one, are put into hits; returns how many. The literal is of ASCII, not empty, its
   letters small ones that stand for the capital ones too. The bytes are fewer than 2^32. */
size_t permql_find_all(
    const uint8_t *bytes, size_t length, const uint8_t *literal, size_t literal_length, size_t from,
    uint32_t *hits, size_t capacity);

/* Adds a start to each of 64 ends; 1 where each is at least the one before and none goes beyond a
   limit, else 0. The start and the limit together are below 2^32. */
int permql_shift_ends_16(const uint16_t *ends, uint32_t start, uint32_t limit, uint32_t *shifted);
int permql_shift_ends_32(const uint32_t *ends, uint32_t start, uint32_t limit, uint32_t *shifted);

/* Turns on the bits of those values that are at least the least and at most so much more; as many
   words of 64 bits as there are, of 64 values each. */
void permql_in_range_8(
    const uint8_t *values, size_t words, uint8_t least, uint8_t extent, uint64_t *bits);
void permql_in_range_16(
    const uint16_t *values, size_t words, uint16_t least, uint16_t extent, uint64_t *bits);
void permql_in_range_32(
    const uint32_t *values, size_t words, uint32_t least, uint32_t extent, uint64_t *bits);
void permql_in_range_64(
    const uint64_t *values, size_t words, uint64_t least, uint64_t extent, uint64_t *bits);

/* How many of so many words of 64 values are the wanted one, of those whose bits are on. */
uint64_t permql_count_8(
    const uint8_t *values, size_t words, uint8_t wanted, const uint64_t *among);

/* How many of some bytes are one of four. */
size_t permql_count_any(const uint8_t *bytes, size_t length, const uint8_t wanted[4]);

/* The eight sums over some bytes that the store's format makes a checksum of. */
void permql_lane_sums(const uint8_t *bytes, size_t length, uint64_t sums[8]);

/* Adds whole blocks of 64 bytes to a SHA-256 state with the processor's own instructions; 0 and
   nothing done where it has none. */
int permql_sha256(uint32_t state[8], const void *bytes, size_t blocks);

/* fallocate that leaves the file's size alone. */
int permql_allocate(int file, off_t offset, off_t length);

/* Takes or gives back an open-file-description write lock on one byte, without waiting. */
int permql_lock(int file, off_t byte);
int permql_unlock(int file, off_t byte);

/* 1 where another open file has a lock on the byte, 0 where none has. */
int permql_is_locked(int file, off_t byte);

/* Takes an exclusive lock on an open directory, without waiting; closing it gives it back. */
int permql_lock_whole(int directory);

/* 1 where an open file is on a file system that other machines may write to, 0 where not. */
int permql_is_on_network(int file);

/* Renames within the file system, never over something that exists. */
int permql_rename_new(int old_directory, const char *old_name, int new_directory,
                      const char *new_name);

/* Asks for large pages for memory that is about to be written to; does nothing for less than 4 MiB. */
void permql_expect_large(void *start, size_t length);

/* fork, but the new process ends with the one that made it. */
pid_t permql_fork(void);

/* A pipe, its reading end first, with room for a megabyte where the system allows that. */
int permql_large_pipe(int ends[2]);

/* How many processors this process may use, at least one. */
int permql_processors(void);

/* The process's arguments as the kernel gave them, the program's own name first. */
int permql_argument_count(void);
char *permql_argument(int index);

#endif
