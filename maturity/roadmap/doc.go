// Package roadmap says what to do next: the gaps between an assessment and a target, the cheapest set of
// answer changes that reaches the target, the best that a budget buys, and everything between: the Pareto
// frontier of cost against score.
//
//	Gaps      how far every node is from the target, and what closing the distance costs and gives
//	Cheapest  the plan of the least cost that reaches a target: a level or a value of any nodes
//	Best      the plan of the highest value that a budget pays for
//	Pareto    every plan that nothing else beats both in cost and in value
//
// Plans are exact. A relaxation of the model (relax.go) gives lists of costs and of the best value that each
// can buy, node by node; where it cannot see through the model, what it promises is too good rather than too
// bad. A search (search.go) splits the answers until no open part can hold anything better than what was
// found. The engine judges: no plan is returned that was not applied and scored, and what the relaxation
// believes is never taken for a result. So "optimal" is a proof; where a limit ends the search, the plan is
// "feasible" and comes with the bound that no plan can beat.
package roadmap
