import Evaluation
import Testing

@Suite("Numbers for people")
struct QuantityTests {
  @Test(
    "thousands are parted by commas",
    arguments: [
      (0, "0"), (7, "7"), (999, "999"), (1_000, "1,000"), (1_234_567, "1,234,567"),
      (-1_000, "-1,000"), (-999, "-999"), (Int.min, "-9,223,372,036,854,775,808"),
    ])
  func grouping(_ number: Int, _ text: String) {
    #expect(Quantity.grouped(number) == text)
  }

  @Test("one thing is singular", arguments: [(0, "0 rows"), (1, "1 row"), (2_104, "2,104 rows")])
  func nouns(_ number: Int, _ text: String) {
    #expect(Quantity.of(number, "row") == text)
  }
}
