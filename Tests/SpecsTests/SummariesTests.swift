import Specs
import Testing

@Suite struct SummariesTests {
    private func check<Word: DescribedWord & CaseIterable>(_ kind: Word.Type) {
        let words = Array(kind.allCases)
        let longest = words.map(\.rawValue.count).max() ?? 0
        for word in words {
            #expect(!word.formula.isEmpty, "\(word)")
            #expect(word.summary.count >= 8)
            #expect(longest + 4 + word.summary.count <= 74, "80 columns have room for it: \(word.summary)")
            #expect(!word.summary.hasSuffix("."), "\(word)")
        }
        #expect(Set(words.map(\.summary)).count == words.count, "two of them have the same words")
    }

    @Test("Every word that a list offers is described in plain words of its own")
    func all() {
        check(Optimizer.Kind.self)
        check(Activation.Kind.self)
        check(Loss.Kind.self)
        check(LearningRateSchedule.Kind.self)
        check(Initializer.self)
        check(VarianceScaling.Mode.self)
        check(VarianceScaling.Distribution.self)
        check(InputScale.self)
        check(Augmentation.Preset.self)
        check(Monitor.self)
    }
}
