import Diagnostics
import Language
import Storage

extension ResolvedCondition {
  /// The operands of an `or` with all that compare one attribute by `=` made one `in`.
  ///
  /// Generated scripts write thousands of such terms: one walk over the column instead of thousands.
  static func merged(_ operands: [ResolvedCondition]) -> [ResolvedCondition] {
    guard operands.count > 4 else { return operands }
    var others: [ResolvedCondition] = []
    var texts: [ResolvedAttribute: (values: [Text], place: Place)] = [:]
    var numbers: [ResolvedAttribute: (values: Set<Double>, place: Place)] = [:]
    var times: [ResolvedAttribute: (values: Set<Int64>, place: Place)] = [:]
    for operand in operands {
      switch operand {
      case .attribute(let attribute, .text(.equals(let text)), negated: false, let place):
        texts[attribute, default: ([], place)].values.append(text)
      case .attribute(
        let attribute, .number(.compare(.equal, let value)), negated: false, let place):
        numbers[attribute, default: ([], place)].values.insert(value)
      case .attribute(let attribute, .time(.compare(.equal, let value)), negated: false, let place):
        times[attribute, default: ([], place)].values.insert(value)
      default: others.append(operand)
      }
    }
    others += texts.map {
      .attribute($0.key, .text(.isIn($0.value.values)), negated: false, place: $0.value.place)
    }
    others += numbers.map {
      .attribute($0.key, .number(.isIn($0.value.values)), negated: false, place: $0.value.place)
    }
    others += times.map {
      .attribute($0.key, .time(.isIn($0.value.values)), negated: false, place: $0.value.place)
    }
    return others
  }
}
