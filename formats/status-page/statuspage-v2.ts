import type { IncidentContent, PageContent } from '@/formats/status-page/page-content'
import type {
  ComponentsFileBody,
  IncidentsFileBody,
  MaintenancesFileBody,
  StatusFileBody,
  SummaryFileBody,
} from '@/formats/status-page/statuspage-bodies'
import { componentBody, incidentBody, maintenanceBody, pageBody } from '@/formats/status-page/statuspage-parts'

const latest = 50

/** A file of the page: its absolute path below the page's address, and what it holds, to be stored as UTF-8. */
export interface PageFile {
  path: string
  body: string
}

/** Every file that clients of Statuspage's public interface, version 2, ask for. */
export function statuspageFiles(content: PageContent): PageFile[] {
  const bodies = {
    'status.json': statusFile(content),
    'components.json': componentsFile(content),
    'incidents.json': incidentsFile(content),
    'incidents/unresolved.json': unresolvedIncidentsFile(content),
    'scheduled-maintenances.json': maintenancesFile(content),
    'scheduled-maintenances/upcoming.json': upcomingMaintenancesFile(content),
    'scheduled-maintenances/active.json': activeMaintenancesFile(content),
    'summary.json': summaryFile(content),
  }
  return Object.entries(bodies).map(([name, body]) => ({ path: `/api/v2/${name}`, body: JSON.stringify(body) }))
}

export const statusFile = (content: PageContent): StatusFileBody => ({
  page: pageBody(content),
  status: { indicator: content.indicator, description: content.description },
})

export const componentsFile = (content: PageContent): ComponentsFileBody => ({
  page: pageBody(content),
  components: content.components.map(component => componentBody(content, component)),
})

export const incidentsFile = (content: PageContent): IncidentsFileBody =>
  incidents(content, content.incidents.filter(isIncident).slice(0, latest))

export const unresolvedIncidentsFile = (content: PageContent): IncidentsFileBody =>
  incidents(content, content.incidents.filter(isIncident).filter(isUnresolved))

export const maintenancesFile = (content: PageContent): MaintenancesFileBody =>
  maintenances(content, content.incidents.filter(isMaintenance).slice(0, latest))

export const upcomingMaintenancesFile = (content: PageContent): MaintenancesFileBody =>
  maintenances(content, content.incidents.filter(isMaintenance).filter(isUpcoming))

export const activeMaintenancesFile = (content: PageContent): MaintenancesFileBody =>
  maintenances(content, content.incidents.filter(isMaintenance).filter(isActive))

/** Nothing that is over. */
export const summaryFile = (content: PageContent): SummaryFileBody => ({
  ...componentsFile(content),
  ...unresolvedIncidentsFile(content),
  ...maintenances(
    content,
    content.incidents.filter(isMaintenance).filter(each => isUpcoming(each) || isActive(each)),
  ),
  ...statusFile(content),
})

const incidents = (content: PageContent, chosen: IncidentContent[]): IncidentsFileBody => ({
  page: pageBody(content),
  incidents: chosen.map(incident => incidentBody(content, incident)),
})

const maintenances = (content: PageContent, chosen: IncidentContent[]): MaintenancesFileBody => ({
  page: pageBody(content),
  scheduled_maintenances: chosen.map(maintenance => maintenanceBody(content, maintenance)),
})

const isIncident = ({ kind }: IncidentContent): boolean => kind === 'incident'
const isMaintenance = ({ kind }: IncidentContent): boolean => kind === 'maintenance'
const isUnresolved = ({ status }: IncidentContent): boolean => status !== 'resolved' && status !== 'postmortem'
const isUpcoming = ({ status }: IncidentContent): boolean => status === 'scheduled'
const isActive = ({ status }: IncidentContent): boolean => status === 'in_progress' || status === 'verifying'
