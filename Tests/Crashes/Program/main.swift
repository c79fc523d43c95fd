import CrashHarness
import Foundation

// Crashes [CASES [SEED]]: damages a store, then cuts the power at every call of as many workloads as it takes.
// Below a million cases every fifth bit and length is damaged, from then on each.
// Ends with 1 where a promise was not kept, and says how to see it again.
//
// Each processor takes every so-many-th seed, in a process of its own: PART and PARTS say which.
let arguments = CommandLine.arguments.dropFirst().map { UInt64($0) }
guard arguments.count <= 4, arguments.count != 3, !arguments.contains(nil) else {
  print("usage: Crashes [CASES [FIRST-SEED [PART PARTS]]]")
  exit(2)
}
let numbers = arguments.compactMap { $0 }
let cases = numbers.isEmpty ? 100_000 : numbers[0]
let seed = numbers.count > 1 ? numbers[1] : 0

/// One part of the power cuts, in another process.
func part(_ number: Int, of parts: Int) throws -> Process {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
  process.arguments = [cases, seed, UInt64(number), UInt64(parts)].map { String($0) }
  try process.run()
  return process
}

do {
  if numbers.count == 4 {
    let parts = max(1, numbers[3])
    var harness = CrashHarness()
    try harness.run(cases: Int(cases / parts), from: seed + numbers[2], by: parts)
    print("\(harness.cases) disks after \(harness.cuts) power cuts")
    exit(0)
  }
  let start = ContinuousClock.now
  let processors = ProcessInfo.processInfo.activeProcessorCount
  let parts = try (0..<processors).map { try part($0, of: processors) }
  var damage = try DamageSweep(every: cases < 1_000_000 ? 5 : 1)
  try damage.run()
  print("\(damage.cases) kinds of damage, \(damage.harmless) of them harmless")
  for part in parts { part.waitUntilExit() }
  guard parts.allSatisfy({ $0.terminationReason == .exit && $0.terminationStatus == 0 }) else {
    exit(1)
  }
  print("all in \(ContinuousClock.now - start)")
} catch {
  print("\(error)")
  exit(1)
}
