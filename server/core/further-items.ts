import { sql } from 'drizzle-orm'
import { orderItems, orders } from '../../db/schema/index.ts'

/** How many targets a 督办单 of the query holds beside its first. */
export const FURTHER_ITEMS = sql<number>`(select count(*) from ${orderItems} where ${orderItems.orderId} = ${orders.id})`
