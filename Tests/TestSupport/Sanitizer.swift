import Foundation

/// What clang's sanitizers, where the tests are built with one of them, make impossible.
package enum Sanitizer {
    /// Whether AddressSanitizer or ThreadSanitizer is in this program, and so in the program that it tests.
    package static let isOn = dlsym(nil, "__asan_init") != nil || dlsym(nil, "__tsan_init") != nil
    /// Both reserve terabytes of addresses for what they know of each byte.
    package static let takesAddresses = "a sanitizer takes more addresses than any limit leaves"
    /// Whether ThreadSanitizer is in this program, and so in the program that it tests.
    package static let isOfThreads = dlsym(nil, "__tsan_init") != nil
    /// As `ulimit -f`: the program then ends with SIGBUS before it begins.
    package static let writesFiles = "ThreadSanitizer maps a file that is longer than the limit"
    /// Freed memory is kept by them for a while, to find those who use it.
    package static let keepsMemory = "a sanitizer has a heap of its own, which keeps what is freed"
    /// AddressSanitizer gives each thread a stack for handlers.
    package static let hasStacks = "a sanitizer gives threads a stack for handlers"
}
