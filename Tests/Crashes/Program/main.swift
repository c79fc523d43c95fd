import CrashHarness
import Glibc

// Crashes [CASES [SEED]]: damages a store, then cuts the power at every call of as many workloads as it takes.
// Below a million cases every fifth bit and length is damaged, from then on each.
// Ends with 1 where a promise was not kept, and says how to see it again.
let arguments = CommandLine.arguments.dropFirst().map { UInt64($0) }
guard arguments.count <= 2, !arguments.contains(nil) else {
  print("usage: Crashes [CASES [FIRST-SEED]]")
  exit(2)
}
let cases = arguments.first.flatMap { $0 } ?? 100_000
let seed = arguments.dropFirst().first.flatMap { $0 } ?? 0
let start = ContinuousClock.now
var harness = CrashHarness()
do {
  var damage = try DamageSweep(every: cases < 1_000_000 ? 5 : 1)
  try damage.run()
  print("\(damage.cases) kinds of damage, \(damage.harmless) of them harmless")
  try harness.run(cases: Int(cases), from: seed)
  print("\(harness.cases) disks after \(harness.cuts) power cuts in \(ContinuousClock.now - start)")
} catch {
  print("\(error)")
  exit(1)
}
