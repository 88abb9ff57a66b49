import Kernels
import Testing

@Suite struct UpdateRuleTests {
    private static let rules: [UpdateRule] = [
        .sgd(rate: 0.1),
        .momentum(rate: 0.1, momentum: 0.9, nesterov: false),
        .momentum(rate: 0.1, momentum: 0.9, nesterov: true),
        .rmsprop(rate: 0.01, rho: 0.9, epsilon: 1e-7),
        .adam(correctedRate: 0.003, beta1: 0.9, beta2: 0.999, epsilon: 1e-7, decay: 0),
        .adam(correctedRate: 0.003, beta1: 0.8, beta2: 0.99, epsilon: 1e-3, decay: 0.01),
    ]

    /// One weight's step in double precision: weight and moments after it.
    private func reference(_ rule: UpdateRule, w: Double, g: Double, a: Double, b: Double) -> [Double] {
        switch rule {
        case .sgd(let rate):
            return [w - Double(rate) * g, a, b]
        case .momentum(let rate, let momentum, let nesterov):
            let velocity = Double(momentum) * a - Double(rate) * g
            let change = nesterov ? Double(momentum) * velocity - Double(rate) * g : velocity
            return [w + change, velocity, b]
        case .rmsprop(let rate, let rho, let epsilon):
            let second = rho * a + (1 - rho) * g * g
            return [w - Double(rate) * g / (second + Double(epsilon)).squareRoot(), second, b]
        case .adam(let rate, let beta1, let beta2, let epsilon, let decay):
            let first = beta1 * a + (1 - beta1) * g
            let second = beta2 * b + (1 - beta2) * g * g
            let kept = w - w * Double(decay)
            return [kept - Double(rate) * first / (second.squareRoot() + Double(epsilon)), first, second]
        }
    }

    @Test(arguments: rules) func `a step over any length agrees with double precision`(rule: UpdateRule) {
        for (count, l2) in [(1, Float(0)), (15, 0.3), (16, 0), (100, 0.02), (1031, 0)] {
            var w = randomFloats(count, seed: 1)
            let g = randomFloats(count, scale: 0.1, seed: 2)
            var a = randomFloats(count, scale: 0.1, seed: 3).map(abs)
            var b = randomFloats(count, scale: 0.1, seed: 4).map(abs)
            let wanted = (0..<count).map { i in
                let gradient = Double(g[i]) + Double(l2) * Double(w[i])
                return reference(rule, w: Double(w[i]), g: gradient, a: Double(a[i]), b: Double(b[i]))
            }
            rule.apply(count: count, weights: &w, gradient: g, first: &a, second: &b, l2: l2)
            #expect(worstDifference(w, wanted.map { $0[0] }) < 1e-6)
            #expect(worstDifference(a, wanted.map { $0[1] }) < 1e-6)
            #expect(worstDifference(b, wanted.map { $0[2] }) < 1e-6)
        }
    }

    @Test(arguments: rules) func `a weight without gradient and moments stays where it is`(rule: UpdateRule) {
        var w: [Float] = [0, 0]
        var a: [Float] = [0, 0]
        var b: [Float] = [0, 0]
        rule.apply(count: 2, weights: &w, gradient: [0, 0], first: &a, second: &b, l2: 0.5)
        #expect(w == [0, 0] && a == [0, 0] && b == [0, 0])
    }
}
