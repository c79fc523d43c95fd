#include "CSystem.h"

#include <string.h>

/* Loops over columns, 64 values at a time, in vectors of the size that the processor has. Each is
   written once, as a body, and compiled twice on processors that may have wider vectors. */

#if defined(__x86_64__) && __has_include(<sys/platform/x86.h>)
#include <sys/platform/x86.h>
#define WIDE __attribute__((target("avx2,popcnt")))
/* What the C library found out when the process began: asking the processor costs microseconds. */
#define HAS_WIDE (CPU_FEATURE_ACTIVE(AVX2) && CPU_FEATURE_ACTIVE(POPCNT))
#else
#define WIDE
#define HAS_WIDE 0
#endif
#define BODY static inline __attribute__((always_inline))

#define LANES(type) __attribute__((ext_vector_type(64))) type
typedef LANES(uint8_t) bytes64;
typedef LANES(_Bool) flags64;

BODY uint64_t word(flags64 flags) {
  uint64_t word;
  memcpy(&word, &flags, 8);
  return word;
}

/* The bit by which capital letters differ, where the byte is a small letter. */
BODY uint8_t case_bit(uint8_t byte) { return byte >= 'a' && byte <= 'z' ? 0x20 : 0; }

/* Which of 64 bytes are the wanted one when they have a bit set. */
BODY flags64 equal64(const uint8_t *bytes, uint8_t bit, uint8_t wanted) {
  bytes64 lanes;
  memcpy(&lanes, bytes, 64);
  return __builtin_convertvector((lanes | bit) == wanted, flags64);
}

BODY int is_literal(const uint8_t *bytes, const uint8_t *literal, size_t length) {
  for (size_t i = 0; i < length; i++)
    if ((bytes[i] | case_bit(literal[i])) != literal[i]) return 0;
  return 1;
}

/* A literal's first bytes, up to eight, as one number that is compared at once. */
struct beginning {
  uint64_t bytes, mask, case_bits;
};

BODY struct beginning beginning(const uint8_t *literal, size_t length) {
  struct beginning result = {0, 0, 0};
  size_t size = length < 8 ? length : 8;
  uint8_t bits[8] = {0};
  for (size_t i = 0; i < size; i++) bits[i] = case_bit(literal[i]);
  memcpy(&result.bytes, literal, size);
  memset(&result.mask, 0xFF, size);
  memcpy(&result.case_bits, bits, 8);
  return result;
}

/* Whether eight readable bytes begin so. */
BODY int begins(const uint8_t *bytes, struct beginning wanted) {
  uint64_t found;
  memcpy(&found, bytes, 8);
  return (((found | wanted.case_bits) ^ wanted.bytes) & wanted.mask) == 0;
}

/* Puts those of 64 candidates that are a literal behind the hits that there are, as far as there is
   room; returns how many there are then. */
BODY size_t take_hits(
    const uint8_t *bytes, size_t length, const uint8_t *literal, size_t literal_length,
    struct beginning wanted, size_t place, uint64_t candidates, uint32_t *hits, size_t found,
    size_t capacity) {
  for (; candidates != 0 && found < capacity; candidates &= candidates - 1) {
    size_t hit = place + (size_t)__builtin_ctzll(candidates);
    int is_known = length - hit >= 8;
    if (is_known && !begins(bytes + hit, wanted)) continue;
    if ((!is_known || literal_length > 8) && !is_literal(bytes + hit, literal, literal_length))
      continue;
    hits[found++] = (uint32_t)hit;
  }
  return found;
}

BODY size_t find_all(
    const uint8_t *bytes, size_t length, const uint8_t *literal, size_t literal_length, size_t from,
    uint32_t *hits, size_t capacity) {
  if (length < literal_length) return 0;
  size_t found = 0, distance = literal_length - 1, end = length - distance, place = from;
  uint8_t first = literal[0], last = literal[distance];
  uint8_t first_bit = case_bit(first), last_bit = case_bit(last);
  struct beginning wanted = beginning(literal, literal_length);
  for (; place + 64 <= end; place += 64) {
    uint64_t candidates = word(equal64(bytes + place, first_bit, first)) &
                          word(equal64(bytes + place + distance, last_bit, last));
    if (candidates == 0) continue;
    found = take_hits(
        bytes, length, literal, literal_length, wanted, place, candidates, hits, found, capacity);
    if (found == capacity) return found;
  }
  uint64_t candidates = 0;
  for (size_t i = 0; place + i < end; i++)
    candidates |= (uint64_t)((bytes[place + i] | first_bit) == first) << i;
  return take_hits(
      bytes, length, literal, literal_length, wanted, place, candidates, hits, found, capacity);
}

WIDE static size_t find_all_wide(
    const uint8_t *bytes, size_t length, const uint8_t *literal, size_t literal_length, size_t from,
    uint32_t *hits, size_t capacity) {
  return find_all(bytes, length, literal, literal_length, from, hits, capacity);
}

size_t permql_find_all(
    const uint8_t *bytes, size_t length, const uint8_t *literal, size_t literal_length, size_t from,
    uint32_t *hits, size_t capacity) {
  if (HAS_WIDE)
    return find_all_wide(bytes, length, literal, literal_length, from, hits, capacity);
  return find_all(bytes, length, literal, literal_length, from, hits, capacity);
}

#define SHIFT_ENDS(name, type)                                                                     \
  int permql_##name(const type *ends, uint32_t start, uint32_t limit, uint32_t *shifted) {         \
    unsigned descends = 0;                                                                         \
    for (size_t i = 0; i < 64; i++) shifted[i] = start + ends[i];                                  \
    for (size_t i = 1; i < 64; i++) descends |= ends[i] < ends[i - 1];                             \
    return !descends && ends[63] <= limit;                                                         \
  }

SHIFT_ENDS(shift_ends_16, uint16_t)
SHIFT_ENDS(shift_ends_32, uint32_t)

BODY size_t count_any(const uint8_t *bytes, size_t length, const uint8_t wanted[4]) {
  size_t count = 0, place = 0;
  for (; length - place >= 64; place += 64) {
    bytes64 lanes;
    memcpy(&lanes, bytes + place, 64);
    count += (size_t)__builtin_popcountll(word(__builtin_convertvector(
        (lanes == wanted[0]) | (lanes == wanted[1]) | (lanes == wanted[2]) | (lanes == wanted[3]),
        flags64)));
  }
  for (; place < length; place++)
    count += bytes[place] == wanted[0] || bytes[place] == wanted[1] ||
             bytes[place] == wanted[2] || bytes[place] == wanted[3];
  return count;
}

WIDE static size_t count_any_wide(const uint8_t *bytes, size_t length, const uint8_t wanted[4]) {
  return count_any(bytes, length, wanted);
}

size_t permql_count_any(const uint8_t *bytes, size_t length, const uint8_t wanted[4]) {
  return HAS_WIDE ? count_any_wide(bytes, length, wanted) : count_any(bytes, length, wanted);
}

/* Where each lane of the sum begins; stripes are told apart by how far the keys have moved. */
typedef __attribute__((ext_vector_type(8))) uint64_t lanes8;
static const uint64_t lane_keys[8] = {
    0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB, 0xD6E8FEB86659FD93,
    0xA0761D6478BD642F, 0xE7037ED1A0B428DB, 0x8EBC6AF09C88C6E3, 0x589965CC75374CC3};
static const uint64_t lane_step = 0xC2B2AE3D27D4EB4F;

BODY void add_stripe(lanes8 *sums, const lanes8 *keys, const uint8_t *bytes) {
  lanes8 values;
  memcpy(&values, bytes, 64);
  lanes8 mixed = values ^ *keys;
  *sums += __builtin_shufflevector(values, values, 1, 0, 3, 2, 5, 4, 7, 6) +
           (mixed & 0xFFFFFFFF) * (mixed >> 32);
}

BODY void lane_sums(const uint8_t *bytes, size_t length, uint64_t result[8]) {
  lanes8 sums = 0, keys;
  memcpy(&keys, lane_keys, 64);
  for (; length >= 64; bytes += 64, length -= 64) {
    add_stripe(&sums, &keys, bytes);
    keys += lane_step;
  }
  if (length > 0) {
    uint8_t last[64] = {0};
    memcpy(last, bytes, length);
    add_stripe(&sums, &keys, last);
  }
  memcpy(result, &sums, 64);
}

WIDE static void lane_sums_wide(const uint8_t *bytes, size_t length, uint64_t result[8]) {
  lane_sums(bytes, length, result);
}

void permql_lane_sums(const uint8_t *bytes, size_t length, uint64_t result[8]) {
  if (HAS_WIDE)
    lane_sums_wide(bytes, length, result);
  else
    lane_sums(bytes, length, result);
}

/* A value lies in a range where its distance from the least is at most that of the greatest. */
#define IN_RANGE(name, type)                                                                       \
  BODY void name##_body(                                                                           \
      const type *values, size_t words, type least, type extent, uint64_t *bits) {                 \
    typedef LANES(type) lanes;                                                                     \
    for (size_t i = 0; i < words; i++) {                                                           \
      lanes distances;                                                                             \
      memcpy(&distances, values + 64 * i, sizeof distances);                                       \
      bits[i] |= word(__builtin_convertvector((distances - least) <= extent, flags64));            \
    }                                                                                              \
  }                                                                                                \
  WIDE static void name##_wide(                                                                    \
      const type *values, size_t words, type least, type extent, uint64_t *bits) {                 \
    name##_body(values, words, least, extent, bits);                                               \
  }                                                                                                \
  void permql_##name(                                                                              \
      const type *values, size_t words, type least, type extent, uint64_t *bits) {                 \
    if (HAS_WIDE)                                                                                  \
      name##_wide(values, words, least, extent, bits);                                             \
    else                                                                                           \
      name##_body(values, words, least, extent, bits);                                             \
  }

IN_RANGE(in_range_8, uint8_t)
IN_RANGE(in_range_16, uint16_t)
IN_RANGE(in_range_32, uint32_t)
IN_RANGE(in_range_64, uint64_t)

BODY uint64_t count_8(const uint8_t *values, size_t words, uint8_t wanted, const uint64_t *among) {
  uint64_t count = 0;
  for (size_t i = 0; i < words; i++) {
    bytes64 lanes;
    memcpy(&lanes, values + 64 * i, 64);
    flags64 flags = __builtin_convertvector(lanes == wanted, flags64);
    count += (uint64_t)__builtin_popcountll(word(flags) & among[i]);
  }
  return count;
}

WIDE static uint64_t count_8_wide(
    const uint8_t *values, size_t words, uint8_t wanted, const uint64_t *among) {
  return count_8(values, words, wanted, among);
}

uint64_t permql_count_8(
    const uint8_t *values, size_t words, uint8_t wanted, const uint64_t *among) {
  return HAS_WIDE ? count_8_wide(values, words, wanted, among)
                  : count_8(values, words, wanted, among);
}
