import Foundation
import Kernels

/// Numbered chance: the same number makes the same choices.
package struct Chance {
    private var generator: SeededGenerator

    package init(seed: Int) { generator = SeededGenerator(seed: UInt64(seed), stream: 17) }

    /// True in that share of the cases.
    package mutating func of(_ share: Double) -> Bool { Double(generator.uniform()) < share }

    package mutating func whole(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }

    package mutating func one<Value>(of values: [Value]) -> Value { values[whole(0...(values.count - 1))] }

    /// A number times a factor from 1/`spread` to `spread`, sometimes with all its digits.
    package mutating func near(_ value: Double, spread: Double = 4) -> String {
        let factor = pow(spread, 2 * Double(generator.uniform()) - 1)
        return String(format: of(0.3) ? "%.17g" : "%.2g", value * factor)
    }

    /// Waits up to so many milliseconds, as a person does: where that ends, a run is at a place that nobody has chosen.
    package mutating func dawdle(milliseconds: Int) { usleep(UInt32(1000 * whole(0...milliseconds))) }
}
