import Diagnostics
import Language

extension Keyword {
  /// What the word is for, in a few words.
  var detail: String {
    if beginsStatement, let topic = HelpTopic.named(Text(spelling)) { return topic.summary }
    switch self {
    case .subaccounts, .subaccount: return "the subaccounts"
    case .permissions, .permission: return "the permissions"
    case .matrix: return "subaccounts by permissions"
    case .profiles: return "the distinct permission sets"
    case .outliers: return "cells that differ from their group"
    case .changes: return "what was changed, newest first"
    case .change: return "one change, or the moment just after it"
    case .differences: return "who gained and lost what"
    case .attributes: return "the attributes in use"
    case .definitions: return "the saved sets"
    case .policies: return "what must never be true"
    case .policy: return "what must never be true"
    case .store: return "the store itself"
    case .requests: return "calls of the Subaccounts API"
    case .report: return "a page for a browser"
    case .all: return "every subaccount"
    case .those: return "the subaccounts of the last listing"
    case .having: return "who has every one of the permissions"
    case .lacking: return "who has none of the permissions"
    case .any: return "at least one of them"
    case .where: return "whose attributes fit"
    case .except: return "but not these"
    case .without: return "but not these"
    case .only: return "exactly these, the rest off"
    case .columns: return "which columns, in order"
    case .sort: return "in which order"
    case .limit: return "at most so many"
    case .as: return "in which format, or as of which time"
    case .expect: return "how many may change"
    case .because: return "why, kept with the change"
    case .including: return "protected ones too"
    case .since: return "after a time"
    case .until: return "up to a time"
    case .by: return "in groups, or by whom"
    case .between: return "from a value to a value"
    case .within: return "not longer ago than"
    case .in: return "one of several values"
    case .is: return "set, or not set"
    case .not: return "the opposite"
    case .and: return "both"
    case .or: return "one or both"
    case .like: return "starts as another one is"
    case .unlimited: return "no limit"
    case .now, .today, .yesterday: return "a time"
    case .else: return "otherwise"
    default: return ""
    }
  }
}
