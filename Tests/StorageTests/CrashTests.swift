import CrashHarness
import Testing

/// The short form; `Crashes` runs as many cases as one likes, in a release build.
@Suite("Power cuts")
struct CrashTests {
  @Test("a store without mistakes keeps its promises", arguments: [0, 1000] as [UInt64])
  func promises(seed: UInt64) throws {
    var harness = CrashHarness()
    try harness.run(cases: 200, from: seed)
    #expect(harness.cases >= 200)
  }

  @Test("a store with a mistake is caught", arguments: Mutation.allCases)
  func mutants(mutation: Mutation) {
    var harness = CrashHarness(mutation)
    #expect(throws: CrashHarness.Failure.self) { try harness.run(cases: 20_000) }
  }
}
