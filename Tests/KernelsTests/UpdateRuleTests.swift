import Foundation
import Kernels
import Testing

@Suite struct UpdateRuleTests {
    private static let rules: [UpdateRule] = [
        .sgd(rate: 0.1),
        .momentum(rate: 0.1, momentum: 0.9, nesterov: false),
        .momentum(rate: 0.1, momentum: 0.9, nesterov: true),
        .rmsprop(rate: 0.01, rho: 0.9, epsilon: 1e-7, centered: false, momentum: 0),
        .rmsprop(rate: 0.01, rho: 0.9, epsilon: 1e-3, centered: true, momentum: 0),
        .rmsprop(rate: 0.01, rho: 0.9, epsilon: 1e-7, centered: false, momentum: 0.8),
        .rmsprop(rate: 0.01, rho: 0.7, epsilon: 1e-3, centered: true, momentum: 0.8),
        .adam(AdamStep(correctedRate: 0.003, beta1: 0.9, beta2: 0.999, epsilon: 1e-7)),
        .amsgrad(AdamStep(correctedRate: 0.003, beta1: 0.8, beta2: 0.99, epsilon: 1e-3)),
        .adamax(correctedRate: 0.003, beta1: 0.9, beta2: 0.999, epsilon: 1e-7),
        .nadam(rate: 0.01, past: 0.7, present: 0.4, grown: 3, beta1: 0.9, beta2: 0.999, epsilon: 1e-7),
        .adagrad(rate: 0.01, epsilon: 1e-7),
        .adadelta(rate: 0.1, rho: 0.95, epsilon: 1e-7),
        .ftrl(rate: 0.1, power: -0.5),
        .ftrl(rate: 0.1, power: -0.7),
        .lion(rate: 0.01, beta1: 0.9, beta2: 0.99),
        .scheduleFree(rate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, grown: 1000, share: 1, starts: true),
        .scheduleFree(rate: 0.01, beta1: 0.7, beta2: 0.99, epsilon: 1e-3, grown: 3, share: 0.2, starts: false),
    ]

    /// A weight and its moments.
    private typealias Values = (w: Double, a: Double, b: Double, c: Double)

    /// One weight's step in double precision, from Keras's formulas.
    private func reference(_ rule: UpdateRule, _ old: Values, g: Double, decay: Double) -> Values {
        var (w, a, b, c) = old
        w -= w * decay
        switch rule {
        case .sgd(let rate): w -= Double(rate) * g
        case .momentum(let rate, let momentum, let nesterov):
            a = Double(momentum) * a - Double(rate) * g
            w += nesterov ? Double(momentum) * a - Double(rate) * g : a
        case .rmsprop(let rate, let rho, let epsilon, let centered, let momentum):
            a = rho * a + (1 - rho) * g * g
            if centered { b = rho * b + (1 - rho) * g }
            let variance = centered ? max(0, a - b * b) : a
            var step = Double(rate) * g / (variance + Double(epsilon)).squareRoot()
            if momentum > 0 {
                step += Double(momentum) * (centered ? c : b)
                if centered { c = step } else { b = step }
            }
            w -= step
        case .adam(let step):
            a = step.beta1 * a + (1 - step.beta1) * g
            b = step.beta2 * b + (1 - step.beta2) * g * g
            w -= Double(step.correctedRate) * a / (b.squareRoot() + Double(step.epsilon))
        case .amsgrad(let step):
            a = step.beta1 * a + (1 - step.beta1) * g
            b = step.beta2 * b + (1 - step.beta2) * g * g
            c = max(c, b)
            w -= Double(step.correctedRate) * a / (c.squareRoot() + Double(step.epsilon))
        case .adamax(let rate, let beta1, let beta2, let epsilon):
            a = beta1 * a + (1 - beta1) * g
            b = max(beta2 * b, abs(g))
            w -= Double(rate) * a / (b + Double(epsilon))
        case .nadam(let rate, let past, let present, let grown, let beta1, let beta2, let epsilon):
            a = beta1 * a + (1 - beta1) * g
            b = beta2 * b + (1 - beta2) * g * g
            let mixed = Double(past) * a + Double(present) * g
            w -= Double(rate) * mixed / ((b * Double(grown)).squareRoot() + Double(epsilon))
        case .adagrad(let rate, let epsilon):
            a += g * g
            w -= Double(rate) * g / (a + Double(epsilon)).squareRoot()
        case .adadelta(let rate, let rho, let epsilon):
            a = rho * a + (1 - rho) * g * g
            let delta = -((b + Double(epsilon)) / (a + Double(epsilon))).squareRoot() * g
            b = rho * b + (1 - rho) * delta * delta
            w += Double(rate) * delta
        case .ftrl(let rate, let power): (w, a, b) = ftrl(w, a, b, g: g, rate: Double(rate), power: -Double(power))
        case .scheduleFree(let rate, let beta1, let beta2, let epsilon, let grown, let share, let starts):
            let z = starts ? old.w : a
            let beta = Double(beta1)
            b = beta2 * b + (1 - beta2) * g * g
            a = z - Double(rate) * g / ((b * Double(grown)).squareRoot() + Double(epsilon))
            let x = (1 - Double(share)) * (w - (1 - beta) * z) / beta + Double(share) * a
            w = (1 - beta) * a + beta * x
        case .lion(let rate, let beta1, let beta2):
            let mixed = beta1 * a + (1 - beta1) * g
            a = beta2 * a + (1 - beta2) * g
            w -= mixed == 0 ? 0 : mixed > 0 ? Double(rate) : -Double(rate)
        }
        return (w, a, b, c)
    }

    private func ftrl(_ w: Double, _ sum: Double, _ linear: Double, g: Double, rate: Double, power: Double) -> (
        Double, Double, Double
    ) {
        let (old, new) = (pow(sum, power), pow(sum + g * g, power))
        let line = linear + g - (new - old) / rate * w
        return (new == 0 ? w : -line / (new / rate), sum + g * g, line)
    }

    @Test(arguments: rules, KernelLevel.available) func `a step over any length agrees with double precision`(
        rule: UpdateRule, level: KernelLevel
    ) {
        for (count, decay) in [(1, Float(0)), (15, 0.3), (16, 0), (100, 0.02), (1031, 0)] {
            var w = randomFloats(count, seed: 1)
            let g = randomFloats(count, scale: 0.1, seed: 2)
            var a = randomFloats(count, scale: 0.1, seed: 3).map(abs)
            var b = randomFloats(count, scale: 0.1, seed: 4).map(abs)
            var c = randomFloats(count, scale: 0.1, seed: 5).map(abs)
            let wanted = (0..<count).map { i in
                let old = (w: Double(w[i]), a: Double(a[i]), b: Double(b[i]), c: Double(c[i]))
                return reference(rule, old, g: Double(g[i]), decay: Double(decay))
            }
            apply(level, rule, &w, g, &a, &b, &c, decay: decay)
            #expect(worstDifference(w, wanted.map(\.w)) < 2e-6)
            #expect(worstDifference(a, wanted.map(\.a)) < 1e-6)
            #expect(worstDifference(b, wanted.map(\.b)) < 1e-6)
            #expect(worstDifference(c, wanted.map(\.c)) < 1e-6)
        }
    }

    @Test(arguments: rules, KernelLevel.available) func `a weight without gradient and moments stays where it is`(
        rule: UpdateRule, level: KernelLevel
    ) {
        for start in [Float(0), 2] {
            var w: [Float] = [start, start]
            // What schedule-free moves is a weight itself.
            let still: [Float] = if case .scheduleFree = rule { [start, start] } else { [0, 0] }
            var a = still
            var b: [Float] = [0, 0]
            var c: [Float] = [0, 0]
            apply(level, rule, &w, [0, 0], &a, &b, &c, decay: 0)
            #expect(w == [start, start] && a == still && b == [0, 0] && c == [0, 0])
        }
    }

    @Test(arguments: rules, KernelLevel.available) func `a gradient that is no number makes the weight none`(
        rule: UpdateRule, level: KernelLevel
    ) {
        var w: [Float] = [1]
        var a: [Float] = [0.1]
        var b: [Float] = [0.1]
        var c: [Float] = [0.1]
        apply(level, rule, &w, [.nan], &a, &b, &c, decay: 0)
        #expect(w[0].isNaN)
    }

    @Test(arguments: KernelLevel.available)
    func `Adam's steps are exact to the last places over all magnitudes`(level: KernelLevel) {
        let step = AdamStep(correctedRate: 1, beta1: 0.9, beta2: 0.999, epsilon: 1e-12)
        var generator = SeededGenerator(seed: 8)
        let count = 4001
        let first = (0..<count).map { _ in generator.normal() }
        let second = (0..<count).map { _ in Float(pow(10, Double(generator.uniform()) * 60 - 30)) }
        var (w, m, v) = ([Float](repeating: 0, count: count), first, second)
        var none: [Float] = [0]
        apply(level, .adam(step), &w, [Float](repeating: 0, count: count), &m, &v, &none, decay: 0)
        for i in 0..<count {
            let wanted = -Double(m[i]) / (Double(v[i]).squareRoot() + Double(step.epsilon))
            #expect(abs(Double(w[i]) - wanted) <= 5e-7 * abs(wanted), "\(first[i]), \(second[i])")
        }
    }

    @Test(arguments: KernelLevel.available)
    func `a square beyond the greatest float holds Adam's weight still`(level: KernelLevel) {
        let step = AdamStep(correctedRate: 0.1, beta1: 0.9, beta2: 0.999, epsilon: 1e-7)
        var (w, m, v): ([Float], [Float], [Float]) = ([1, 1], [0, 0], [0, 0])
        var none: [Float] = [0, 0]
        apply(level, .adam(step), &w, [1e25, 0], &m, &v, &none, decay: 0)
        #expect(w == [1, 1] && m[0] > 1e23 && v == [.infinity, 0])
    }

    private func apply(
        _ level: KernelLevel, _ rule: UpdateRule, _ w: inout [Float], _ g: [Float], _ a: inout [Float],
        _ b: inout [Float],
        _ c: inout [Float], decay: Float
    ) {
        a.withUnsafeMutableBufferPointer { a in
            b.withUnsafeMutableBufferPointer { b in
                c.withUnsafeMutableBufferPointer { c in
                    let moments = UpdateRule.Moments(a.baseAddress, b.baseAddress, c.baseAddress)
                    rule.apply(count: w.count, weights: &w, gradient: g, moments: moments, decay: decay, on: level)
                }
            }
        }
    }
}

@Suite struct OptimizerKernelTests {
    @Test(arguments: KernelLevel.available)
    func `a kernel's squares are summed over rows and columns, and each value gets both factors`(level: KernelLevel) {
        for (rows, width) in [(1, 8), (7, 16), (50, 104), (3, 128)] {
            let g = randomFloats(rows * width, seed: UInt64(width))
            var rowSums = [Double](repeating: -1, count: rows)
            var columnSums = [Double](repeating: -1, count: width)
            OptimizerKernels.factorSums(
                rows: rows, width: width, g, rowSums: &rowSums, columnSums: &columnSums, on: level)
            func square(_ row: Int, _ column: Int) -> Double { pow(Double(g[row * width + column]), 2) }
            for row in 0..<rows {
                let wanted = (0..<width).reduce(0.0) { $0 + square(row, $1) }
                #expect(abs(rowSums[row] - wanted) < 1e-12 * wanted)
            }
            for column in 0..<width {
                let wanted = (0..<rows).reduce(0.0) { $0 + square($1, column) }
                #expect(abs(columnSums[column] - wanted) < 1e-12 * wanted)
            }
            let (rowFactors, columnFactors) = (randomFloats(rows, seed: 8), randomFloats(width, seed: 9))
            var direction = g
            OptimizerKernels.factoredDirection(
                rows: rows, width: width, &direction, rowFactors: rowFactors, columnFactors: columnFactors, on: level)
            for (place, value) in direction.enumerated() {
                #expect(value == g[place] * rowFactors[place / width] * columnFactors[place % width])
            }
        }
    }

    @Test(arguments: KernelLevel.available)
    func `a vector's step is its gradient over the root of its mean square`(level: KernelLevel) {
        var (g, v): ([Float], [Float]) = ([3, -2, 0, .nan], [1, 4, 0, 1])
        OptimizerKernels.adafactorVector(count: 4, &g, &v, kept: 0.75, fresh: 0.25, epsilon: 1e-30, on: level)
        #expect(v[..<2] == [3, 4] && v[2] > 0 && v[2] < 1e-30 && v[3].isNaN)
        #expect(abs(g[0] - Float(3).squareRoot()) < 1e-6 && g[1] == -1 && g[2] == 0 && g[3].isNaN)
    }

    @Test(arguments: [1, 16, 1031], KernelLevel.available)
    func `Lamb's direction is Adam's with exact corrections, and weights only decay`(count: Int, level: KernelLevel) {
        let old = (0..<4).map { randomFloats(count, scale: 0.1, seed: UInt64($0)).map(abs) }
        var (w, g, m, v) = (old[0], old[1], old[2], old[3])
        m.withUnsafeMutableBufferPointer { m in
            v.withUnsafeMutableBufferPointer { v in
                OptimizerKernels.lambDirection(
                    count: count, weights: &w, gradient: &g,
                    moments: UpdateRule.Moments(m.baseAddress, v.baseAddress), decay: 0.02,
                    corrections: (first: 0.19, second: 0.002), betas: (first: 0.9, second: 0.999), epsilon: 1e-6,
                    on: level)
            }
        }
        for place in 0..<count {
            let gradient = Double(old[1][place])
            let first = 0.9 * Double(old[2][place]) + 0.1 * gradient
            let second = 0.999 * Double(old[3][place]) + 0.001 * gradient * gradient
            let wanted = [
                Double(old[0][place]) * 0.98, first / 0.19 / ((second / 0.002).squareRoot() + 1e-6), first, second,
            ]
            #expect(worstDifference([w[place], g[place], m[place], v[place]], wanted) < 2e-6)
        }
    }

    @Test(arguments: [false, true], KernelLevel.available)
    func `Muon's momentum is kept, and with Nesterov looks ahead`(nesterov: Bool, level: KernelLevel) {
        let (gradient, moment) = (randomFloats(100, seed: 1), randomFloats(100, seed: 2))
        var (g, m) = (gradient, moment)
        m.withUnsafeMutableBufferPointer { m in
            OptimizerKernels.muonMomentum(
                count: 100, gradient: &g, moments: UpdateRule.Moments(m.baseAddress), momentum: 0.9,
                nesterov: nesterov, on: level)
        }
        let moved = zip(gradient, moment).map { 0.9 * Double($1) + Double($0) }
        #expect(worstDifference(m, moved) < 1e-6)
        #expect(worstDifference(g, zip(gradient, moved).map { nesterov ? Double($0) + 0.9 * $1 : $1 }) < 1e-6)
    }

    @Test(arguments: KernelLevel.available) func `values are scaled`(level: KernelLevel) {
        var values: [Float] = [1, -2, 0, .infinity] + [Float](repeating: 3, count: 40)
        OptimizerKernels.scale(count: values.count, &values, by: 0.5, on: level)
        #expect(values == [0.5, -1, 0, .infinity] + [Float](repeating: 1.5, count: 40))
    }

    @Test(arguments: KernelLevel.available)
    func `clipping keeps what is within the bound, and what is no number`(level: KernelLevel) {
        var values: [Float] = [-3, -0.5, 0, 0.5, 3, .nan, .infinity, -.infinity]
        OptimizerKernels.clip(count: 8, &values, to: 0.5, on: level)
        #expect(values[..<5] == [-0.5, -0.5, 0, 0.5, 0.5] && values[5].isNaN && values[6...] == [0.5, -0.5])
    }

    @Test(arguments: KernelLevel.available)
    func `an average keeps its share`(level: KernelLevel) {
        var average: [Float] = [1, 2, 4]
        OptimizerKernels.average(count: 3, &average, of: [3, 0, 4], momentum: 0.75, on: level)
        #expect(average == [1.5, 1.5, 4])
        OptimizerKernels.average(count: 3, &average, of: [3, 0, 4], momentum: 0, on: level)
        #expect(average == [3, 0, 4])
    }

    @Test(arguments: KernelLevel.available)
    func `max-norm shrinks the columns beyond the bound to it, and no other`(level: KernelLevel) {
        for (rows, width) in [(3, 8), (100, 16), (7, 128)] {
            var values = randomFloats(rows * width, seed: 9)
            for row in 0..<rows { values[row * width] = 0 }
            let old = values
            OptimizerKernels.maxNorm(rows: rows, width: width, &values, bound: 2, on: level)
            func norm(_ values: [Float], _ column: Int) -> Double {
                (0..<rows).reduce(0.0) {
                    $0 + Double(values[$1 * width + column]) * Double(values[$1 * width + column])
                }
                .squareRoot()
            }
            for column in 0..<width {
                let wanted = min(norm(old, column), 2)
                #expect(abs(norm(values, column) - wanted) < 1e-6)
            }
            #expect(norm(values, 0) == 0 && zip(values, old).allSatisfy { $0 * $1 >= 0 })
        }
    }
}
